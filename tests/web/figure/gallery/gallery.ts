/** Every figure on one page, to be looked at: `npx vite --config tests/web/figure/gallery/vite.config.ts`. Never built, never shipped. */
import '../../../../web/styles/index.css';
import { mount } from 'svelte';
import { language, parseLanguage } from '../../../../web/i18n';
import { startTheme } from '../../../../web/page/theme';
import Gallery from './Gallery.svelte';

const query = new URLSearchParams(location.search);
startTheme(query.get('theme') === 'dark' ? 'dark' : 'light');
await language.set(parseLanguage(query.get('lang')) ?? 'en');
mount(Gallery, { target: document.getElementById('gallery')!, props: { only: query.get('only') } });
