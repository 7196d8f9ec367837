import type { FirstWords } from '../dictionary.ts';
import { digits } from './digits.ts';
import { figure } from './figure.ts';
import { firstOps } from './first-ops.ts';
import { home } from './home.ts';
import { shell } from './shell.ts';
import { steps } from './steps.ts';

/** What a first visit reads: the frame of the page, the home view, any figure and its steps. */
export const first: FirstWords = { shell, home, figure, steps, digits, ops: firstOps };
