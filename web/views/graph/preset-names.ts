import type { Language } from '../../i18n/types.ts';
import type { Preset } from '../../presets/index.ts';
import type { GivenNames } from '../../steps/node-words.ts';

/** What an example calls its nodes, in one language. Pure. */
export const presetNames = (preset: Preset, language: Language): GivenNames => ({
  label: (id) => preset.names[id]?.label[language],
  phrase: (id) => (preset.names[id]?.phrase ?? preset.names[id]?.label)?.[language],
  operator: (id) => (preset.names[id]?.operator ?? preset.names[id]?.label)?.[language],
});
