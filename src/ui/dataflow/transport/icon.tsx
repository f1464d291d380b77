const paths = {
  play: "M6 4l10 6-10 6z",
  pause: "M5 4h3.5v12H5zM11.5 4H15v12h-3.5z",
  "beat-back": "M13 4v12l-8-6zM15 4h1.5v12H15z",
  "beat-on": "M7 4v12l8-6zM3.5 4H5v12H3.5z",
  "row-back": "M17 4v12l-7-6zM9.5 4v12l-7-6z",
  "row-on": "M3 4v12l7-6zM10.5 4v12l7-6z",
} as const;

export function Icon({ name }: { readonly name: keyof typeof paths }) {
  return (
    <svg viewBox="0 0 20 20" width="16" height="16" fill="currentColor" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
