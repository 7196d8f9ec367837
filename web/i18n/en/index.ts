import { digits } from './digits.ts';
import { editor } from './editor.ts';
import { embed } from './embed.ts';
import { errors } from './errors.ts';
import { figure } from './figure.ts';
import { graph } from './graph.ts';
import { home } from './home.ts';
import { ops } from './ops.ts';
import { shell } from './shell.ts';
import { steps } from './steps.ts';
import { train } from './train.ts';

/** The English dictionary is the type of the others. One file a room. */
export const en = { shell, home, figure, graph, steps, ops, digits, train, editor, embed, errors };
