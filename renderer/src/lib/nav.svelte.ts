/** In the order of the side bar, which is also that of Ctrl+1, Ctrl+2, … */
export const SCREENS = ['home', 'orders', 'invoices', 'baskets', 'vehicles', 'account', 'changes'] as const;
export type Screen = (typeof SCREENS)[number];
export type Overlay = 'search' | 'settings' | 'help' | 'erase';

/** What a screen should show when it is opened from elsewhere. */
export type Target =
  | { screen: 'orders'; orderId: string }
  | { screen: 'orders'; text: string }
  | { screen: 'orders'; vehicleId: string }
  | { screen: 'invoices'; invoiceId: string }
  | { screen: 'baskets'; basketId: string }
  | { screen: 'vehicles'; vehicleId: string }
  | { screen: 'account'; section?: 'security' | 'data'; newPassword?: true }
  | { screen: 'changes' };

/** Which screen is shown and what lies over it. */
class Nav {
  screen = $state<Screen>('home');
  overlay = $state<Overlay>();
  syncDetails = $state(false);
  /** The form that renews an expired session. */
  signInAgain = $state(false);
  /** The menu of accounts, at the top left. */
  accounts = $state(false);
  addAccount = $state(false);
  target = $state.raw<Target>();
  /** The order that help is asked about; help itself forgets it. */
  helpOrder = $state.raw<{ id: string; number: string }>();
  /** A screen was asked for by a key: its list takes the focus, so that the next key moves in it. */
  focusWanted = $state(false);

  #onBack: (() => void) | undefined;

  go(screen: Screen): void {
    this.screen = screen;
    this.overlay = undefined;
  }

  show(target: Target): void {
    this.target = target;
    this.go(target.screen);
  }

  /** What another screen pointed at in this one, once: it is forgotten when it is taken. */
  takeTarget<S extends Screen>(screen: S): Extract<Target, { screen: S }> | undefined {
    const target = this.target;
    if (target?.screen !== screen) return undefined;
    this.target = undefined;
    return target as Extract<Target, { screen: S }>;
  }

  /** Opens a search in place of whatever overlay there is; closes it when it is the one. */
  toggle(overlay: Overlay): void {
    this.overlay = this.overlay === overlay ? undefined : overlay;
  }

  /** What Esc does in the screen that is shown, from a detail back to its list; answers how to take it away. */
  onBack(back: () => void): () => void {
    this.#onBack = back;
    return () => {
      if (this.#onBack === back) this.#onBack = undefined;
    };
  }

  back(): void {
    this.#onBack?.();
  }
}

export const nav = new Nav();
