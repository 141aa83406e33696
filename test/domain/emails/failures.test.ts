import { EMAIL_IDS, rowOf } from '../../../src/domain/emails/catalogue.js';
import { failureKindOf } from '../../../src/domain/emails/failures.js';
import { cancelledInWords } from '../../../src/domain/emails/unwantedWords.js';

describe('why an e-mail was given up', () => {
  it.each([
    ["Can't send mail - all recipients were rejected: 550 5.1.1 <(address)>: Recipient address rejected", 'address'],
    ["Can't send mail - all recipients were rejected: 553 no such user", 'address'],
    ['550-5.1.1 The email account that you tried to reach does not exist', 'address'],
    ['5.2.1 mailbox disabled', 'address'],
    ['Message failed: 550 5.7.1 blocked by policy', 'message'],
    ['Message failed: 554 5.6.0 looks like spam', 'message'],
    ["Can't send mail - all recipients were rejected: 552 5.2.2 mailbox full", 'later'],
    ["Can't send mail - all recipients were rejected: 450 4.2.0 greylisted", 'later'],
    ['Invalid greeting. response=421 too busy: 421 too busy', 'later'],
    ['connect ECONNREFUSED 127.0.0.1:25', 'unreachable'],
    ['getaddrinfo ENOTFOUND smtp.example.org', 'unreachable'],
    ['Connection timeout', 'unreachable'],
    ['Connection closed unexpectedly', 'unreachable'],
    ['Greeting never received', 'unreachable'],
    ['No manager has an account: there is nobody to write to', 'other'],
    ['', 'other'],
  ])('%s: %s', (because, kind) => {
    expect(failureKindOf(because)).toBe(kind);
  });
});

it('tells why each e-mail of the catalogue may be cancelled, in words of its own', () => {
  const unknown = cancelledInWords('what nobody has words for');
  for (const because of [...EMAIL_IDS.map((id) => rowOf(id).stillWanted), 'erased', 'no address', 'left to the digest'])
    expect([because, cancelledInWords(because)]).not.toEqual([because, unknown]);
});
