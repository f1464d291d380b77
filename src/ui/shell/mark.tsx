/** The mark: three beats of a stream. The name stands beside it, so it says nothing. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 20 20" width="24" height="24" aria-hidden="true">
      <rect className="mark__beat" x="1" y="11" width="4" height="8" rx="1" />
      <rect className="mark__peak" x="8" y="1" width="4" height="18" rx="1" />
      <rect className="mark__beat" x="15" y="6" width="4" height="13" rx="1" />
    </svg>
  );
}
