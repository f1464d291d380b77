import { Component, type ReactNode } from "react";

export interface FaultBoundaryProps {
  /** What stands there in place of the children once they broke. */
  readonly instead: (error: unknown) => ReactNode;
  readonly children: ReactNode;
}

interface Fault {
  readonly error: unknown;
}

/** Keeps a fault in a part of the page, or code that does not come, from taking the rest along. */
export class FaultBoundary extends Component<FaultBoundaryProps, { readonly fault: Fault | null }> {
  override state: { readonly fault: Fault | null } = { fault: null };

  static getDerivedStateFromError(error: unknown) {
    return { fault: { error } };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    return fault ? this.props.instead(fault.error) : this.props.children;
  }
}
