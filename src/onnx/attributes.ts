import type { Attribute, OnnxNode } from "./model";

/**
 * Attributes by name and kind. Without a fallback an absent attribute is `undefined`; one of
 * another kind counts as absent.
 */
export function intAttr(node: OnnxNode, name: string): number | undefined;
export function intAttr(node: OnnxNode, name: string, fallback: number): number;
export function intAttr(node: OnnxNode, name: string, fallback?: number): number | undefined {
  const attribute = node.attributes.get(name);
  return attribute?.kind === "int" ? attribute.value : fallback;
}

export function floatAttr(node: OnnxNode, name: string): number | undefined;
export function floatAttr(node: OnnxNode, name: string, fallback: number): number;
export function floatAttr(node: OnnxNode, name: string, fallback?: number): number | undefined {
  const attribute = node.attributes.get(name);
  return attribute?.kind === "float" ? attribute.value : fallback;
}

export function stringAttr(node: OnnxNode, name: string): string | undefined;
export function stringAttr(node: OnnxNode, name: string, fallback: string): string;
export function stringAttr(node: OnnxNode, name: string, fallback?: string): string | undefined {
  const attribute = node.attributes.get(name);
  return attribute?.kind === "string" ? attribute.value : fallback;
}

export function intsAttr(node: OnnxNode, name: string): readonly number[] | undefined;
export function intsAttr(node: OnnxNode, name: string, fallback: readonly number[]): readonly number[];
export function intsAttr(
  node: OnnxNode,
  name: string,
  fallback?: readonly number[],
): readonly number[] | undefined {
  const attribute = node.attributes.get(name);
  return attribute?.kind === "ints" ? attribute.value : fallback;
}

/** Attributes for a new node. */
export const int = (value: number): Attribute => ({ kind: "int", value });
export const float = (value: number): Attribute => ({ kind: "float", value });
export const string = (value: string): Attribute => ({ kind: "string", value });
export const ints = (value: readonly number[]): Attribute => ({ kind: "ints", value: [...value] });
