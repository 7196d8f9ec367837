import { mount } from 'svelte';
import '../../styles/index.css';
import { chooseLanguage } from '../../page/reader.ts';
import { engine } from '../../page/client.ts';
import { registerOffline } from '../../page/offline.ts';
import { parseRoute } from '../../page/route.ts';
import { startTheme } from '../../page/theme.ts';
import App from './App.svelte';
import { loadView } from './views.ts';

startTheme();
// What the first picture needs is fetched side by side: the engine, the words, the open view. Failures are told where
// the answers are used: the shell's messages and the view's own place.
engine.call('engine.info').catch(() => undefined);
const words = chooseLanguage();
loadView(parseRoute(location.hash).view).catch(() => undefined);
await words;

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element with the id "app".');
mount(App, { target });
registerOffline();
