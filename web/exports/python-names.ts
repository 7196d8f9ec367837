const RESERVED = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if import in is ' +
    'lambda nonlocal not or pass raise return try while with yield match case type print np json torch math F abs max min sum len range ' +
    'int float tuple list zip map set dict id mask values nodes softmax'
  ).split(' '),
);

/** Ids as Python identifiers, each different, and different from the names of the program itself. */
export function pythonNames(ids: readonly string[], taken: readonly string[] = []): ReadonlyMap<string, string> {
  const used = new Set([...RESERVED, ...taken]);
  const names = new Map<string, string>();
  for (const id of ids) {
    // Python reads identifiers in their compatibility form.
    let name = id
      .normalize('NFKC')
      .replace(/[^\p{ID_Continue}]+/gu, '_')
      .slice(0, 60);
    if (!/^[\p{ID_Start}_]/u.test(name)) name = `n_${name}`;
    // `d_x` is the gradient of `x`.
    if (name.startsWith('d_')) name = `n_${name}`;
    let unique = name;
    for (let i = 2; used.has(unique); i += 1) unique = `${name}_${i}`;
    used.add(unique);
    names.set(id, unique);
  }
  return names;
}

/** A comment's text: one line, whatever a label holds. */
export const comment = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();

/** A string literal; Python reads JSON's escapes. */
export const quoted = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

export function pythonNumber(x: number): string {
  if (Object.is(x, -0)) return '-0.0';
  const text = String(x);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
