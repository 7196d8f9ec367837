/** A path along the wires that is drawn strong. `slots[k]` is the slot of `nodes[k + 1]` that `nodes[k]` feeds. */
export interface LitPath {
  readonly nodes: readonly string[];
  readonly slots: readonly number[];
}
