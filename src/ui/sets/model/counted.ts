import { formatInteger } from "../../kit/format";

/** "1 picture", "1,204 pictures". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatInteger(count)} ${count === 1 ? one : many}`;
}
