import { bytesOf } from '../engine/bytes';
import type { Core } from '../engine/core-module';
import type { NetworkSpec } from '../shared/api';
import type { NetworkHandle, NetworkInfo } from '../shared/protocol';
import { graphInfo } from './graphs';
import type { HandlersOf } from './handlers';

export function networkInfo(core: Core, network: number): NetworkInfo {
  return {
    network: network as NetworkHandle,
    spec: JSON.parse(core.networkSpec(network)) as NetworkSpec,
    parameterCount: core.networkParameterCount(network),
  };
}

export function networkHandlers(core: Core): HandlersOf<'network'> {
  return {
    'network.load': (safetensors) => networkInfo(core, core.networkLoad(bytesOf(safetensors))),
    'network.save': (network) => core.networkSave(network, false).buffer as ArrayBuffer,
    'network.close': (network) => core.networkClose(network),
    'network.walk': (network, pixels, label) =>
      graphInfo(core, core.networkGraph(network, pixels, Int32Array.of(label), 1)),
  };
}
