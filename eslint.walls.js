/**
 * Who may import whom in `web/`, in one list. ESLint tells it while you write; tests/web/walls/ holds the whole tree to it.
 * `may` names files and folders of `web/`; a room may always import itself. Everything else is refused, for the reason in `why`.
 *
 * @typedef {{ room: string, may: readonly string[], why: string }} Wall
 */

const WORDS = ['shared', 'i18n'];
/** Pure helpers of the page, for rooms that only draw. */
const SHOWING = ['page/format', 'page/theme', 'page/Formula'];
/** What a view is made of. */
const PARTS = [...WORDS, 'page', 'figure', 'steps', 'pad', 'presets', 'expression', 'exports', 'share'];
const NO_OTHER_VIEW = 'a view stands on the shared parts and does not reach into another view';

/** @type {readonly Wall[]} */
export const WALLS = [
  { room: 'shared', may: [], why: 'everyone imports it: types and plain data that know nobody' },
  { room: 'styles', may: [], why: 'tokens depend on nothing' },
  { room: 'i18n', may: ['shared'], why: 'words do not know what they are put on' },
  { room: 'engine', may: ['shared'], why: 'the public API is used without the page, in Node too' },
  { room: 'worker', may: ['shared', 'engine'], why: 'a worker has no document and serves the engine alone' },
  { room: 'presets', may: WORDS, why: 'examples are graph documents with words' },
  {
    room: 'page',
    may: [...WORDS, 'worker/index'],
    why: 'what all views stand on knows none of them, and reaches the engine through the worker only',
  },
  {
    room: 'figure',
    may: [...WORDS, ...SHOWING],
    why: 'a figure is given its data: it asks neither the engine nor the address',
  },
  {
    room: 'expression',
    may: ['shared', 'page/format'],
    why: 'a language is text in and plain data out: it is given the op catalogue, and words for its errors are elsewhere',
  },
  {
    room: 'share',
    may: [...WORDS, 'page/format'],
    why: 'a link is text: it does not know which view reads it',
  },
  {
    room: 'exports',
    may: [...WORDS, ...SHOWING, 'figure', 'steps'],
    why: 'an export is made of what it is given: a document, frames, a figure',
  },
  {
    room: 'steps',
    may: [...WORDS, 'page', 'figure', 'presets'],
    why: 'parts are used by views, not the other way round',
  },
  {
    room: 'ask',
    may: [...WORDS, 'page', 'figure', 'steps'],
    why: 'parts are used by views, not the other way round',
  },
  {
    room: 'editor',
    may: [...WORDS, 'page', 'figure', 'steps'],
    why: 'editing stands on the figure and the stepper, and is used by the graph view alone',
  },
  { room: 'pad', may: [...WORDS, 'page', 'figure', 'steps'], why: 'parts are used by views, not the other way round' },
  { room: 'views/home', may: PARTS, why: NO_OTHER_VIEW },
  { room: 'views/graph', may: [...PARTS, 'styles', 'ask', 'editor'], why: NO_OTHER_VIEW },
  { room: 'views/digits', may: PARTS, why: NO_OTHER_VIEW },
  { room: 'views/train', may: [...PARTS, 'styles'], why: NO_OTHER_VIEW },
  {
    room: 'views/embed',
    may: [
      ...PARTS,
      'styles',
      'views/graph/document-link',
      'views/graph/preset-names',
      'views/graph/problem-sentence',
      'views/graph/trouble',
      'views/graph/Notice',
      'views/shell/Logo',
      'views/shell/Notices',
    ],
    why: 'the frame shows the graph view without its surroundings: it may use these pieces of the two, not the views',
  },
  {
    room: 'views/shell',
    may: [
      ...WORDS,
      'page',
      'styles',
      'views/home/HomeView',
      'views/graph/GraphView',
      'views/digits/DigitsView',
      'views/train/TrainView',
    ],
    why: 'the shell opens views and knows nothing of their insides',
  },
  { room: 'elements', may: ['shared'], why: 'the element only makes a frame and talks to it: it is one small file' },
  { room: 'offline', may: [], why: 'the service worker stands alone' },
  { room: 'plugins', may: ['shared'], why: 'build steps are no part of the page' },
];

/** The wall of the room that a path below `web/` lies in; the longest name counts. */
export function wallOf(path) {
  return WALLS.filter(({ room }) => path.startsWith(`${room}/`)).sort((a, b) => b.room.length - a.room.length)[0];
}

/** Whether `target` (a path below `web/`) may be imported by `importer`. */
export function mayImport(importer, target) {
  const wall = wallOf(importer);
  if (wall === undefined) return false;
  return [wall.room, ...wall.may].some(
    (allowed) => target.startsWith(allowed) && /^([/.]|$)/.test(target.slice(allowed.length)),
  );
}

const ENGINE_DOOR =
  'only web/engine imports the wasm module: everyone else speaks the public API or the worker protocol';
const WORKER_DOOR = 'only web/page/start-worker.ts creates the worker: use `engine` from web/page/client.ts';

/** ESLint configurations, one a room. Views are told apart by their folder names, rooms by theirs. */
export function walls() {
  const isView = (room) => room.startsWith('views/');
  const escaped = (names) => names.map((name) => name.replace(/^views\//, '')).join('|');
  return [
    {
      files: ['web/**/*.ts', 'web/**/*.svelte'],
      ignores: ['web/page/start-worker.ts'],
      rules: {
        'no-restricted-syntax': ['error', { selector: "NewExpression[callee.name='Worker']", message: WORKER_DOOR }],
      },
    },
    ...WALLS.map(({ room, may, why }) => {
      const others = WALLS.map((wall) => wall.room).filter((other) => other !== room && !may.includes(other));
      const rooms = escaped(others.filter((other) => !isView(other)));
      const views = escaped(others.filter(isView));
      const but = may.filter((allowed) => allowed.includes('/'));
      const except = but.length > 0 ? `(?!(views/)?(${escaped(but)})(\\.|/|$))` : '';
      const message = `web/${room}: ${why}.`;
      const patterns = [
        { regex: `^(\\.\\./)+${except}(${rooms})(/|$)`, message },
        ...(isView(room) || views !== ''
          ? [{ regex: `^(\\.\\./)+${except}${isView(room) ? '(views/)?' : 'views/'}(${views})/`, message }]
          : []),
        ...(room === 'engine' ? [] : [{ regex: '/build/wasm-', message: ENGINE_DOOR }]),
      ];
      return {
        files: [`web/${room}/**/*.ts`, `web/${room}/**/*.svelte`],
        rules: { 'no-restricted-imports': ['error', { patterns }] },
      };
    }),
  ];
}
