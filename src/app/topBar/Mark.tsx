/** @file The app's mark: the four branches of an Inception mixer, in proportion. */

export function Mark() {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true" style={{ flex: "none" }}>
      <rect x="1" y="1" width="20" height="8" rx="2.5" fill="var(--branch-identity)" />
      <rect x="1" y="11" width="8.5" height="10" rx="2.5" fill="var(--branch-square)" />
      <rect x="11.5" y="11" width="9.5" height="4" rx="2" fill="var(--branch-band-w)" />
      <rect x="11.5" y="17" width="9.5" height="4" rx="2" fill="var(--branch-band-h)" />
    </svg>
  );
}
