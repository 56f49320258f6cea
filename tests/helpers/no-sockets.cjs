/**
 * Nothing that the program does opens a socket. The suite runs with this loaded, in its own process and, by way of
 * NODE_OPTIONS, in every Node that it starts: whoever asks for a connection fails.
 */
const dgram = require('node:dgram');
const dns = require('node:dns');
const net = require('node:net');

function refuse(what) {
  return () => {
    throw new Error(`A socket was asked for (${what}).`);
  };
}

net.Socket.prototype.connect = refuse('net connect');
net.Server.prototype.listen = refuse('net listen');
dgram.createSocket = refuse('dgram');
dns.lookup = refuse('dns lookup');
dns.promises.lookup = refuse('dns lookup');
