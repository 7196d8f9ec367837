export const home = {
  headline: 'See how a gradient finds its way back.',
  lead: 'Run a computational graph forward, then walk backward one node at a time. Everything is calculated in this page.',
  graph: {
    figure: 'Figure 1.',
    caption:
      'Two apples at 100 yen, 10% tax. Values stand above the wire, gradients below it. Change a boxed number to run it again.',
    label: 'Figure 1: two apples with tax, to step',
  },
  digits: {
    figure: 'Figure 2.',
    captionBefore: 'Draw a digit. ',
    captionAfter: ' steps its gradient back to the pixels.',
    label: 'Figure 2: a digit to draw',
    clear: 'Clear',
    undo: 'Undo',
    why: 'Why?',
    whyLabel: 'Why? Step the gradient of this drawing back to its pixels',
  },
  contents: 'What is here',
  about: {
    graph: 'Build with nodes and wires or type an expression, and step it.',
    digits: 'Draw a digit and follow its gradient back through every layer.',
    train: 'Watch a network learn digits that are made while you look.',
  },
};
