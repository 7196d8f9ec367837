import type { ExpressionError, Problems, Wanted } from '../../expression/index.ts';
import { expressionWords } from '../../i18n/expression.ts';

/** A problem of the expression language in the reader's; `expressionWords` are loaded before. */
export function problemSentence({ code, details }: ExpressionError): string {
  const { problems, wanted, type } = expressionWords.words;
  const sentences: { [C in keyof Problems]: (details: Problems[C]) => string } = {
    ...problems,
    Expected: (given) => problems.Expected({ ...given, wanted: wanted[given.wanted satisfies Wanted] }),
    AttributeValue: (given) =>
      problems.AttributeValue({
        ...given,
        type: given.type in type ? type[given.type as keyof typeof type] : given.type,
      }),
  };
  return (sentences[code] as (given: typeof details) => string)(details);
}
