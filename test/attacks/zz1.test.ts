import { type Siege, besiege } from '../support/besiege.js';
import { PASSWORD } from '../support/staff.js';
let siege: Siege;
beforeAll(async () => { siege = await besiege({ at: new Date('2026-11-23T09:00:00+01:00') }); }, 60_000);
afterAll(() => siege.stop());
it('T4', async () => {
  let survived = 0; let pw = PASSWORD;
  for (let i=0;i<6;i++){
    const owner = siege.browser();
    await owner.post('/connexion',{email:'anne@example.org',password:pw});
    const thieves = Array.from({length:6},()=>siege.browser());
    const forms = await Promise.all(thieves.map(async t=>t.tokenOf(await t.get('/connexion'))));
    const next = `nouvelle phrase bizarre numero ${i} tortue`;
    const change = owner.post('/compte/mot-de-passe',{before:pw,password:next});
    const tries = thieves.map(async (t,k)=>{ await new Promise(r=>setTimeout(r,k*25)); return t.send('POST','/connexion',{'content-type':'application/x-www-form-urlencoded'},new URLSearchParams({_csrf:forms[k]!,email:'anne@example.org',password:pw}).toString()); });
    const c = await change; const rs = await Promise.all(tries);
    const alive = await Promise.all(thieves.map(async t=>(await t.get('/dossiers')).status));
    console.log(c.status, c.headers.location, rs.map(r=>r.status), alive, (await owner.get('/dossiers')).status);
    if (alive.includes(200)) survived++;
    pw = next;
  }
  console.log('survived', survived);
},60000);
