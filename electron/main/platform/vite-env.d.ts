interface ImportMeta {
  readonly env: Readonly<Record<`MAIN_VITE_${string}`, string | undefined>>;
}
