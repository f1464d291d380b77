import { Button, type ButtonProps } from "react-aria-components/Button";
import "./action-button.css";

export interface ActionButtonProps extends Omit<ButtonProps, "className"> {
  /** One primary action a view; others are quiet. */
  readonly primary?: boolean;
}

export function ActionButton({ primary = false, ...props }: ActionButtonProps) {
  return <Button {...props} className={primary ? "action-button action-button--primary" : "action-button"} />;
}
