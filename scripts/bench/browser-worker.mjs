import { host } from './host.mjs';

const answer = host((message) => self.postMessage(message));
self.onmessage = ({ data }) => void answer(data);
