import type { home as en } from '../en/home.ts';

export const home: typeof en = {
  headline: '看梯度怎样一步步往回走。',
  lead: '先让计算图正向传播，再一个节点一个节点地往回走。一切都在这个页面里计算。',
  graph: {
    figure: '图 1',
    caption: '苹果一个 100 日元，买两个，消费税 10%。数值写在线的上方，梯度写在下方。改动方框里的数，就会重新计算。',
    label: '图 1：两个苹果和消费税，可以逐步运行',
  },
  digits: {
    figure: '图 2',
    captionBefore: '写一个数字，再点',
    captionAfter: '看它的梯度一步步回到像素。',
    label: '图 2：写一个数字',
    clear: '清除',
    undo: '撤销',
    why: '为什么？',
    whyLabel: '为什么？把这个数字的梯度一步步传回像素',
  },
  contents: '这里有什么',
  about: {
    graph: '用节点和连线搭一个计算图，或写一个式子，再一步步运行。',
    digits: '写一个数字，看它的梯度穿过每一层往回传。',
    train: '看网络学习当场生成的数字。',
  },
};
