import type { Core } from '../engine/core-module';
import { toJson } from '../engine/document-json';
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
    'graph.check': (graph) => core.graphCheck(graph, '', 1e-4),
    'graph.read': (graph, id, of) => core.graphRead(graph, id, of),
    'graph.lens': (graph, id, index, of) => graphInfo(core, core.graphLens(graph, id, index, of)),
    'graph.close': (graph) => core.graphClose(graph),
  };
}
