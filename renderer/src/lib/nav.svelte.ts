export const SCREENS = ['home', 'orders', 'invoices'] as const;
export type Screen = (typeof SCREENS)[number];
export type Overlay = 'search' | 'settings' | 'help';

/** What a screen should show when it is opened from elsewhere. */
export type Target =
  | { screen: 'orders'; orderId: string }
  | { screen: 'orders'; text: string }
  | { screen: 'orders'; vehicleId: string }
  | { screen: 'invoices'; invoiceId: string };

/** Which screen is shown and what lies over it. */
class Nav {
  screen = $state<Screen>('home');
  overlay = $state<Overlay>();
  syncDetails = $state(false);
  /** The form that renews an expired session. */
  signInAgain = $state(false);
  target = $state.raw<Target>();
  /** A screen was asked for by a key: its list takes the focus, so that the next key moves in it. */
  focusWanted = $state(false);

  go(screen: Screen): void {
    this.screen = screen;
    this.overlay = undefined;
  }

  show(target: Target): void {
    this.target = target;
    this.go(target.screen);
  }

  /** Opens a search in place of whatever overlay there is; closes it when it is the one. */
  toggle(overlay: Overlay): void {
    this.overlay = this.overlay === overlay ? undefined : overlay;
  }
}

export const nav = new Nav();
