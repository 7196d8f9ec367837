// Sends back what comes: what a message there and back costs on this machine, whatever is done in between.
onmessage = ({ data }) => postMessage(data);
