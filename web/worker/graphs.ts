import type { Core } from '../engine/core-module';
import { toJson } from '../engine/document-json';
import { checkCurve, DEFAULT_STEP, tangents } from '../engine/graph';
import { flatten } from '../engine/tensor-like';
import type { GraphDocument } from '../shared/api';
import type { Frame, GraphHandle, GraphInfo } from '../shared/protocol';
import type { HandlersOf } from './handlers';

/** Values beyond this stay out of `GraphInfo.document`: the page shows them as summaries anyway. */
const WHOLE = 4096;

export function graphInfo(core: Core, graph: number): GraphInfo {
  const document = JSON.parse(core.graphDocument(graph, WHOLE)) as GraphDocument;
  return { graph: graph as GraphHandle, document, ...core.graphShape(graph) };
}

function frame(core: Core, graph: GraphHandle, step: number): Frame {
  return { graph, ...core.graphFrame(graph, step) };
}

export function graphHandlers(core: Core): HandlersOf<'graph'> {
  return {
    'graph.open': (document) => graphInfo(core, core.graphOpen(toJson(document, 'graph document'), 'float64')),
    'graph.seek': (graph, step) => frame(core, graph, step),
    'graph.set': (graph, id, value, step) => {
      const { shape, data } = flatten(value, `value of "${id}"`);
      core.graphSet(graph, id, shape, data);
      return frame(core, graph, step);
    },
    'graph.info': (graph) => graphInfo(core, graph),
    'graph.target': (graph, id) => {
      core.graphSteps(graph, id);
      return graphInfo(core, graph);
    },
    'graph.seed': (graph, seed, step) => {
      const given = seed === null ? null : flatten(seed, 'seed');
      core.graphSeed(graph, given?.shape ?? null, given?.data ?? null);
      return frame(core, graph, step);
    },
    'graph.check': (graph, options = {}) => core.graphCheck(graph, '', options.h ?? DEFAULT_STEP),
    'graph.checkCurve': (graph, id, index, options = {}) => checkCurve(core, graph, id, index, options),
    'graph.opened': (graph, id) => JSON.parse(core.graphOpened(graph, id)) as GraphDocument,
    'graph.closed': (graph, group) => JSON.parse(core.graphClosed(graph, group)) as GraphDocument,
    'graph.paths': (graph, from, to = '') => core.graphPaths(graph, from, to),
    'graph.nudge': (graph, id, index, delta, target = '') => core.graphNudge(graph, id, index, delta, target),
    'graph.nudgeCurve': (graph, id, index, { target = '', span, points }) =>
      core.graphNudgeCurve(graph, id, index, target, span, points),
    'graph.tangents': (graph, directions) => tangents(core, graph, directions, ''),
    'graph.memory': (graph) => core.graphMemory(graph),
    'graph.nonFinite': (graph) => core.graphNonFinite(graph),
    'graph.read': (graph, id, of) => core.graphRead(graph, id, of),
    'graph.lens': (graph, id, index, of) => graphInfo(core, core.graphLens(graph, id, index, of)),
    'graph.close': (graph) => core.graphClose(graph),
  };
}
