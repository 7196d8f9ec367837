import type { errors as en } from '../en/errors.ts';

export const errors: typeof en = {
  MalformedDocument: '这不是计算图文档。请检查详细信息中指出的位置。',
  MalformedFile: '文件内容不完整或有矛盾，可能被截断了。请重新获取。',
  UnknownOp: '计算图用到了不存在的运算。请检查它的名称。',
  UnknownNode: '某个输入引用了图中没有的节点。请添加该节点，或改正名称。',
  DuplicateNode: '两个节点的 id 相同。请改掉其中一个。',
  WrongArity: '某个节点的输入太多或太少。',
  Cycle: '节点连成了一个环：每个都在等前一个。请去掉其中一条连接。',
  ShapeMismatch: '形状不匹配。',
  InvalidAttribute: '某个节点的设置未知、缺失或超出范围。',
  InvalidValue: '这里的数没有意义。',
  NotALeaf: '只有输入、参数和常数可以赋值。',
  NotComputed: '这个值还不存在。请继续往下走，直到算出它。',
  NotFinite: '损失不再是有限的数。请减小学习率。',
  OutOfRange: '有一个数超出了范围。',
  TooLarge: '需要的内存超过了本页的上限。请换小一些的。',
  Unsupported: '这里无法做到。',
  Disposed: '它已经关闭。请重新打开。',
  other: '出错了。',
  details: ({ message }) => `${message}`,
};
