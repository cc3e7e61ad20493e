/** The mark of the app: a ledger with one line that is new. */
export function Logo({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 512 512" aria-hidden="true" focusable="false">
      <rect width="512" height="512" rx="128" fill="var(--accent)" />
      <g fill="none" stroke="var(--accent-text)" strokeLinecap="round" strokeWidth="40">
        <path d="M136 176h120" />
        <path d="M136 256h240" />
        <path d="M136 336h176" />
      </g>
      <circle cx="352" cy="176" r="34" fill="var(--accent-text)" />
    </svg>
  )
}
