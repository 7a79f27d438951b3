/** @file Which network is looked at: the one that is being edited, or a variant of the board. */
import { Select } from "../../editor/controls/Select.tsx";
import { useEditor } from "../../editor/store/react.tsx";
import { type AnyNetwork, isFixed, nameOf } from "../../model/graph/network.ts";
import type { Variant } from "./board.ts";

/** Stands for the network that is being edited. */
export const presentId = "present";

export interface NetworkSelectProps {
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly variants: readonly Variant[];
  /** Others that can be chosen, before the board's. */
  readonly more?: readonly Variant[];
  /** Leaves out networks without an architecture, which cannot be edited. */
  readonly onlyEditable?: boolean;
  readonly disabled?: boolean;
}

export function NetworkSelect({
  value,
  onChange,
  variants,
  more = [],
  onlyEditable = false,
  disabled = false,
}: NetworkSelectProps) {
  const present = useEditor((state) => state.architecture);
  const listed = [...more, ...variants].filter(({ network }) => !onlyEditable || !isFixed(network));
  return (
    <Select
      label="Network"
      value={value}
      onChange={onChange}
      disabled={disabled}
      options={[
        { value: presentId, label: nameOf(present), hint: "on the canvas" },
        ...listed.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}

/** The network of an id; the present one where nothing has it any more. */
export function networkOf(id: string, present: AnyNetwork, listed: readonly Variant[]): AnyNetwork {
  return listed.find((variant) => variant.id === id)?.network ?? present;
}
