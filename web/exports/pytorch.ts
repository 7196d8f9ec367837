import {
  axesOf,
  type CodeGraph,
  type CodeNode,
  count,
  flag,
  listOf,
  pythonLiteral,
  sizeOf,
  UnsupportedOp,
} from './code-graph.ts';
import { comment, quoted } from './python-names.ts';
import { helpers } from './numpy-ops.ts';

/** Names that a program uses for itself. */
export const torchTaken: readonly string[] = ['dropout_mask', 'np', 'seed', 'node', 'name', 'grad'];

/** The graph as a PyTorch program: autograd goes back, every value and gradient is printed. Throws UnsupportedOp. */
export function torchProgram({ nodes, output, seed, title }: CodeGraph): string {
  const leaves = nodes.filter(({ isLeaf }) => isLeaf);
  const operators = nodes.filter(({ isLeaf }) => !isLeaf);
  const rules = operators.map((node) => [node, torchRule(node)] as const);
  const usesMask = rules.some(([, rule]) => rule.includes('dropout_mask('));
  const differentiable = (node: CodeNode): boolean => node.op !== 'constant';
  return `${[
    `# ${comment(title)}`,
    'import json',
    '',
    ...(usesMask ? ['import numpy as np'] : []),
    'import torch',
    'import torch.nn.functional as F',
    '',
    'torch.set_default_dtype(torch.float64)',
    ...(usesMask ? ['', '', helpers.dropout_mask, '', ''] : ['']),
    ...leaves.map((node) => {
      const grad = differentiable(node) ? ', requires_grad=True' : '';
      return `${node.name} = torch.tensor(${pythonLiteral(node.value ?? 0)}${grad})${told(node)}`;
    }),
    '',
    ...rules.map(([node, rule]) => `${node.name} = ${rule}${told(node)}`),
    '',
    `nodes = [${nodes.map(({ id, name }) => `(${quoted(id)}, ${name})`).join(', ')}]`,
    'for _, node in nodes:',
    '    if node.requires_grad:',
    '        node.retain_grad()',
    `seed = ${seed === undefined ? `torch.ones_like(${output.name})` : `torch.tensor(${pythonLiteral(seed)})`}`,
    `if ${output.name}.requires_grad:`,
    `    ${output.name}.backward(seed)`,
    'else:',
    '    # Nothing that varies leads here: the seed goes no further.',
    `    ${output.name}.grad = seed`,
    '',
    '# Name, value, gradient.',
    'for name, node in nodes:',
    '    grad = None if node.grad is None else node.grad.tolist()',
    '    print(json.dumps([name, node.tolist(), grad]))',
  ].join('\n')}\n`;
}

function torchRule(node: CodeNode): string {
  const { inputs, attrs, op } = node;
  const [x = '', w = '', b = ''] = inputs.map((input) => input.name);
  const [xs = [], ws = []] = inputs.map(({ shape }) => shape);
  const axis = axesOf(attrs);
  const keepdims = flag(attrs, 'keepdims', false) ? 'True' : 'False';
  const reduced = (f: string): string =>
    axis === 'None' && keepdims === 'False' ? `${x}.${f}()` : `${x}.${f}(dim=${axis}, keepdim=${keepdims})`;
  const plain: Readonly<Record<string, string>> = {
    add: `${x} + ${w}`,
    sub: `${x} - ${w}`,
    mul: `${x} * ${w}`,
    div: `${x} / ${w}`,
    pow: `torch.pow(${x}, ${w})`,
    // Of equal ones the first takes the whole gradient, as everywhere here; torch.maximum halves it.
    maximum: `torch.where((${x} >= ${w}) | ${x}.isnan(), ${x}, ${w})`,
    minimum: `torch.where((${x} <= ${w}) | ${x}.isnan(), ${x}, ${w})`,
    neg: `-${x}`,
    square: `${x} ** 2`,
    sqrt: `torch.sqrt(${x})`,
    exp: `torch.exp(${x})`,
    log: `torch.log(${x})`,
    sin: `torch.sin(${x})`,
    cos: `torch.cos(${x})`,
    abs: `torch.abs(${x})`,
    tanh: `torch.tanh(${x})`,
    sigmoid: `torch.sigmoid(${x})`,
    relu: `F.relu(${x})`,
    leaky_relu: `F.leaky_relu(${x}, ${count(attrs, 'alpha', 0.01)})`,
    softplus: `F.softplus(${x})`,
    gelu: `F.gelu(${x})`,
    sum: reduced('sum'),
    mean: reduced('mean'),
    max: largest(node, x, xs),
    matmul: `${x} @ ${w}`,
    affine: `${x} @ ${w} + ${b}`,
    reshape: `${x}.reshape(${node.shape.length === 0 ? '()' : node.shape.join(', ')})`,
    flatten: `${x}.reshape(${x}.shape[0], -1)`,
    transpose: `${x}.permute(${(listOf(attrs['axes']) ?? xs.map((_, i) => xs.length - 1 - i)).join(', ')})`,
    concat: `torch.cat([${inputs.map((input) => input.name).join(', ')}], dim=${count(attrs, 'axis', 0)})`,
    softmax: `F.softmax(${x}, dim=-1)`,
    log_softmax: `F.log_softmax(${x}, dim=-1)`,
    mean_squared_error: `((${x} - ${w}) ** 2).mean()`,
    sigmoid_with_loss: `F.binary_cross_entropy_with_logits(${x}, ${w}.detach())`,
    conv2d: `F.conv2d(${x}, ${w}, ${b}, stride=${count(attrs, 'stride', 1)}, padding=${count(attrs, 'pad', 0)})`,
    layer_norm: `F.layer_norm(${x}, ${x}.shape[-1:], ${w}, ${b}, eps=${count(attrs, 'eps', 1e-5)})`,
  };
  const simple = Object.hasOwn(plain, op) ? plain[op] : undefined;
  if (simple !== undefined) return simple;
  switch (op) {
    case 'one_hot': {
      const classes = count(attrs, 'classes', 0);
      return classes === 0 ? `${x}.detach()` : `F.one_hot(${x}.detach().long(), ${classes}).to(torch.float64)`;
    }
    case 'softmax_with_loss': {
      const classes = xs.at(-1) ?? 1;
      const t = xs.join() === ws.join() ? `${w}.detach()` : `F.one_hot(${w}.detach().long(), ${classes})`;
      return `-(${t} * F.log_softmax(${x}, dim=-1)).sum() / ${sizeOf(xs) / classes}`;
    }
    case 'max_pool2d':
    case 'avg_pool2d': {
      const size = count(attrs, 'size', 1);
      const at = `stride=${count(attrs, 'stride', size)}`;
      // PyTorch's own padding is at most half a window.
      const pad = count(attrs, 'pad', 0);
      const border = op === 'max_pool2d' ? `float("-inf")` : '0.0';
      const padded = pad === 0 ? x : `F.pad(${x}, (${pad}, ${pad}, ${pad}, ${pad}), value=${border})`;
      return `F.${op}(${padded}, ${size}, ${at})`;
    }
    case 'batch_norm': {
      const [, gamma = '', beta = '', mean = '', variance = ''] = inputs.map((input) => input.name);
      const training = flag(attrs, 'training', true);
      const running = training ? 'None, None' : `${mean}.detach(), ${variance}.detach()`;
      return `F.batch_norm(${x}, ${running}, ${gamma}, ${beta}, training=${training ? 'True' : 'False'}, eps=${count(attrs, 'eps', 1e-6)})`;
    }
    case 'dropout': {
      const ratio = count(attrs, 'ratio', 0.5);
      const inverted = flag(attrs, 'inverted', true);
      if (!flag(attrs, 'training', true)) return `${x} * ${inverted ? 1 : 1 - ratio}`;
      const mask = `torch.tensor(dropout_mask(${x}.shape, ${ratio}, ${count(attrs, 'seed', 0)}, ${count(attrs, 'iteration', 0)}))`;
      return `${x} * ${mask}${inverted ? ` / (1 - ${ratio})` : ''}`;
    }
    default:
      throw new UnsupportedOp(op);
  }
}

/** `values` of `max` along one axis come from the first largest, and so does the gradient; `amax` would share it out. */
function largest({ attrs, shape }: CodeNode, x: string, xs: readonly number[]): string {
  const own = listOf(attrs['axis'])?.map((axis) => (axis < 0 ? axis + xs.length : axis));
  const axes = own ?? xs.map((_, i) => i);
  const rest = xs.map((_, i) => i).filter((i) => !axes.includes(i));
  const like = shape.length === 0 ? '()' : shape.join(', ');
  if (axes.length === 0) return `${x}.clone()`;
  if (rest.length === 0) return `${x}.reshape(-1).max(dim=0).values${shape.length === 0 ? '' : `.reshape(${like})`}`;
  if (axes.length === 1)
    return `${x}.max(dim=${axes[0] ?? 0}, keepdim=${shape.length === xs.length ? 'True' : 'False'}).values`;
  const last = [...axes].sort((a, b) => a - b);
  return `${x}.permute(${[...rest, ...last].join(', ')}).flatten(${rest.length}).max(dim=-1).values.reshape(${like})`;
}

const told = ({ label, name }: CodeNode): string =>
  label === null || comment(label) === '' || label === name ? '' : `  # ${comment(label)}`;
