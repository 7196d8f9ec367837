import { language } from '../../../web/i18n';

// Components read the dictionaries while they render; the page loads one before it mounts, and so do the tests.
await language.set('en');
