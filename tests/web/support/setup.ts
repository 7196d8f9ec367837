import { language, loadWords } from '../../../web/i18n';

// Components read the dictionaries while they render; the page loads them before it mounts, and so do the tests.
await language.set('en');
await loadWords('ops', 'graph', 'errors', 'editor', 'train', 'embed');
