import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { deserialize, serialize } from 'bson';

export type Fields = Record<string, unknown>;

/** A message as it goes over the wire. */
export function message(opCode: number, ...parts: (Buffer | Uint8Array)[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(16);
  head.writeInt32LE(16 + body.length, 0);
  head.writeInt32LE(42, 4);
  head.writeInt32LE(opCode, 12);
  return Buffer.concat([head, body]);
}

export const flags = (value: number) => Buffer.from([value, 0, 0, 0]);

export const opMsg = (command: Fields, flag = 0) => message(2013, flags(flag), Buffer.from([0]), serialize(command));

export async function openSocket(uri: string): Promise<Socket> {
  const { hostname, port } = new URL(uri);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
}

/** A connection that sends commands as they are given, without a driver's sessions and checks. One at a time. */
export async function openRaw(uri: string) {
  const socket = await openSocket(uri);
  return {
    socket,
    command: async (command: Fields): Promise<Fields> => {
      socket.write(opMsg(command));
      let answer = Buffer.alloc(0);
      while (answer.length < 4 || answer.length < answer.readInt32LE(0)) {
        const [chunk] = (await once(socket, 'data')) as [Buffer];
        answer = Buffer.concat([answer, chunk]);
      }
      return deserialize(answer.subarray(21));
    },
    close: () => socket.destroy(),
  };
}
