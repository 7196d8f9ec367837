import { mount } from 'svelte';
import '../../styles/index.css';
import { language, loadWords, parseLanguage, preferredLanguage } from '../../i18n/index.ts';
import { engine } from '../../page/client.ts';
import { showLanguage } from '../../page/reader.ts';
import { startTheme, theme } from '../../page/theme.ts';
import type { CommandMessage } from '../../shared/embed.ts';
import EmbedView from './EmbedView.svelte';
import { EmbeddedFigure, type Problem } from './figure.svelte.ts';
import { connectHost } from './host.ts';
import { parseOptions } from './options.ts';

// Theme and language come from the address and from the host; nothing is remembered.
const options = parseOptions(location.search, location.hash);
startTheme(options.theme);

const host = connectHost();
const figure = new EmbeddedFigure(engine);

// Side by side: the words, and the engine with the figure.
const words = Promise.all([
  showLanguage(options.language ?? preferredLanguage(navigator.languages)),
  loadWords('embed', 'graph', 'errors'),
]);
const loaded = Promise.all([figure.load(options.source, options.step), words]).then(([problem]) => tellLoaded(problem));

host.listen(async (message) => {
  await loaded;
  const problem = await run(message);
  if (problem !== null) host.send('error', problem, message.id);
});

await words;
const target = document.getElementById('app');
if (target === null) throw new Error('embed.html has no element with the id "app".');
mount(EmbedView, { target, props: { figure, host, options } });

function tellLoaded(problem: Problem | null, id: CommandMessage['id'] = undefined): void {
  const { example, title, stepper } = figure;
  if (problem === null) host.send('ready', { example, title, step: stepper.step, last: stepper.last }, id ?? null);
  else host.send('error', problem, id ?? null);
}

async function run(message: CommandMessage): Promise<Problem | null> {
  const { stepper } = figure;
  switch (message.command) {
    case 'seek':
      stepper.seek(message.value ?? 0);
      return null;
    case 'play':
      stepper.play();
      return null;
    case 'pause':
      stepper.pause();
      return null;
    case 'reset':
      await figure.reset();
      return null;
    case 'load': {
      const value = message.value ?? '';
      const [source, step] = typeof value === 'string' ? [{ example: value }, 0] : [value, value.step ?? 0];
      tellLoaded(await figure.load(source, step), message.id);
      return null;
    }
    case 'set': {
      if (message.value === undefined) return null;
      const { node, value } = message.value;
      const problem = await figure.set(node, value);
      if (problem === null) host.send('change', { node, value });
      return problem;
    }
    case 'setTheme':
      theme.show(message.value ?? 'auto');
      return null;
    case 'setLang':
      await showLanguage(parseLanguage(message.value) ?? language.current);
      return null;
    case 'getState': {
      const { step, last, playing, document } = stepper;
      const { example } = figure;
      host.send(
        'state',
        { example, step, last, playing, theme: theme.choice, lang: language.current, graph: document },
        message.id,
      );
      return null;
    }
  }
}
