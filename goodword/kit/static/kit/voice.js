// Voice notes. The player draws progress on the waveform; the recorder puts what was recorded into
// the form's own file input, so posting sends the same field as choosing a file does.
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const ENDINGS = { "audio/webm": "webm", "audio/mp4": "m4a", "audio/ogg": "ogg" };
const seen = new WeakSet();

function attachAll() {
  for (const voice of document.querySelectorAll("[data-voice]")) attachOnce(voice, player);
  for (const field of document.querySelectorAll("[data-recorder]")) attachOnce(field, recorder);
}

function attachOnce(element, attach) {
  if (seen.has(element)) return;
  seen.add(element);
  attach(element);
}

function clock(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function player(voice) {
  const part = (name) => voice.querySelector(`[data-voice-${name}]`);
  const audio = voice.querySelector("audio");
  const [button, seek, time, error] = ["play", "seek", "time", "error"].map(part);
  const bars = [...voice.querySelectorAll("rect")];
  const length = () => (Number.isFinite(audio.duration) ? audio.duration : Number(voice.dataset.seconds));
  const whole = clock(voice.dataset.seconds);
  const draw = () => {
    const share = audio.currentTime / length();
    bars.forEach((bar, at) => bar.classList.toggle("is-heard", (at + 0.5) / bars.length <= share));
    seek.max = length();
    seek.value = audio.currentTime;
    time.textContent = audio.paused && !audio.currentTime ? whole : clock(audio.currentTime);
    seek.setAttribute("aria-valuetext", `${clock(audio.currentTime)} / ${whole}`);
  };
  const follow = () => {
    draw();
    if (!audio.paused && voice.isConnected) requestAnimationFrame(follow);
  };
  const show = () => {
    voice.classList.toggle("is-playing", !audio.paused);
    button.setAttribute("aria-label", audio.paused ? voice.dataset.play : voice.dataset.pause);
    follow();
  };
  const fail = () => {
    error.textContent = voice.dataset.failed;
    error.hidden = false;
  };
  button.addEventListener("click", () => {
    error.hidden = true;
    if (audio.paused) audio.play().catch((why) => why.name === "AbortError" || fail());
    else audio.pause();
  });
  seek.addEventListener("input", () => {
    audio.currentTime = Number(seek.value);
    draw();
  });
  audio.addEventListener("play", () => {
    for (const other of document.querySelectorAll("[data-voice] audio")) if (other !== audio) other.pause();
    show();
  });
  audio.addEventListener("pause", show);
  audio.addEventListener("seeked", draw);
  audio.addEventListener("ended", () => { audio.currentTime = 0; });
  audio.removeAttribute("controls");
  audio.hidden = true;
  part("player").hidden = false;
  draw();
}

function recorder(field) {
  if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) return;
  const part = (name) => field.querySelector(`[data-recorder-${name}]`);
  const state = { field, part, limit: Number(field.dataset.limit), input: part("input"), machine: null, address: "" };
  part("start").addEventListener("click", () => start(state));
  part("stop").addEventListener("click", () => state.machine?.stop());
  part("delete").addEventListener("click", () => {
    put(state, null);
    part("status").textContent = field.dataset.gone;
    part("start").focus();
  });
  state.input.addEventListener("change", () => listen(state));
  // Sending while recording means: what was said so far.
  state.input.form?.addEventListener("submit", (event) => {
    if (state.machine?.state !== "recording") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    state.after = () => state.input.form.requestSubmit(event.submitter);
    state.machine.stop();
  }, { capture: true });
  part("tools").hidden = false;
  if (state.input.files.length) listen(state); // the browser kept it over a reload
}

async function start(state) {
  const { part, field } = state;
  part("start").disabled = true;
  complain(state, "");
  let stream = null;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
    const type = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    run(state, stream, new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 64000 }));
  } catch (why) {
    stream?.getTracks().forEach((track) => track.stop());
    const { denied, missing, failed } = field.dataset;
    complain(state, { NotAllowedError: denied, NotFoundError: missing }[why.name] ?? failed);
  }
  part("start").disabled = false;
}

function run(state, stream, machine) {
  const pieces = [];
  const over = setTimeout(() => machine.state === "recording" && machine.stop(), state.limit * 1000);
  const level = meter(stream);
  const begun = performance.now();
  state.machine = machine;
  machine.addEventListener("dataavailable", (event) => pieces.push(event.data));
  machine.addEventListener("error", () => complain(state, state.field.dataset.failed));
  machine.addEventListener("stop", () => {
    clearTimeout(over);
    level.close();
    stream.getTracks().forEach((track) => track.stop());
    state.machine = null;
    finish(state, new Blob(pieces, { type: machine.mimeType.split(";")[0] }));
  });
  const follow = () => {
    if (state.machine !== machine) return;
    if (!state.field.isConnected) {
      machine.stop();
      return;
    }
    const seconds = Math.min(state.limit, (performance.now() - begun) / 1000);
    state.part("time").textContent = `${clock(seconds)} / ${clock(state.limit)}`;
    state.part("level").value = level.now();
    requestAnimationFrame(follow);
  };
  machine.start();
  show(state, "recording");
  state.part("status").textContent = state.field.dataset.recording;
  state.part("stop").focus();
  follow();
}

function meter(stream) {
  const context = new AudioContext();
  const ear = context.createAnalyser();
  const samples = new Float32Array(ear.fftSize);
  context.createMediaStreamSource(stream).connect(ear);
  return {
    now() {
      ear.getFloatTimeDomainData(samples);
      return Math.min(1, Math.max(...samples.map(Math.abs)));
    },
    close: () => context.close(),
  };
}

function finish(state, blob) {
  const name = `voice.${ENDINGS[blob.type] ?? "webm"}`;
  put(state, blob.size ? new File([blob], name, { type: blob.type }) : null);
  state.part("status").textContent = state.field.dataset.ready;
  state.part("delete").focus();
  state.after?.();
  state.after = null;
}

function put(state, file) {
  const carrier = new DataTransfer();
  if (file) carrier.items.add(file);
  state.input.files = carrier.files;
  listen(state);
  state.input.dispatchEvent(new Event("input", { bubbles: true })); // drafts hear of it
}

// What is in the input can be heard before it is sent.
function listen(state) {
  const [file] = state.input.files;
  const preview = state.part("preview");
  URL.revokeObjectURL(state.address);
  state.address = file ? URL.createObjectURL(file) : "";
  if (file) preview.src = state.address;
  else preview.removeAttribute("src");
  complain(state, "");
  show(state, file ? "recorded" : "empty");
}

function show(state, what) {
  const visible = { empty: ["start", "file"], recording: ["stop", "now"], recorded: ["preview", "delete"] }[what];
  for (const name of ["start", "file", "stop", "now", "preview", "delete"]) {
    state.part(name).hidden = !visible.includes(name);
  }
}

function complain(state, sentence) {
  const line = state.part("error");
  line.textContent = sentence;
  line.hidden = !sentence;
}

attachAll();
document.addEventListener("htmx:after:swap", attachAll);
