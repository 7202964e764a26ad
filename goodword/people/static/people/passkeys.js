// Passkeys (WebAuthn): a form with data-passkey asks the device before it is sent.
// "add" makes a passkey, "use" proves one; both have their options in data-options.
// "login" asks the server for options first, since nobody is named yet.

const decode = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const opened = (list) => (list ?? []).map((one) => ({ ...one, id: decode(one.id) }));

async function add(form) {
  const { publicKey } = JSON.parse(form.dataset.options);
  const alone = form.elements.passwordless?.checked ?? false;
  return navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: decode(publicKey.challenge),
      user: { ...publicKey.user, id: decode(publicKey.user.id) },
      excludeCredentials: opened(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: alone ? "required" : "discouraged",
        requireResidentKey: alone,
        ...(alone ? { userVerification: "required" } : {}),
      },
    },
  });
}

async function use({ publicKey }) {
  return navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: decode(publicKey.challenge),
      allowCredentials: opened(publicKey.allowCredentials),
    },
  });
}

async function login(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return use((await answer.json()).request_options);
}

// Not every browser that knows passkeys knows credential.toJSON().
function written(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const known = parts.filter((part) => response[part]);
  return {
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      ...Object.fromEntries(known.map((part) => [part, encode(response[part])])),
      ...(response.getTransports ? { transports: response.getTransports() } : {}),
    },
  };
}

const ask = {
  add,
  login,
  use: (form) => use(JSON.parse(form.dataset.options)),
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const said = form.querySelector("[data-passkey-said]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.ariaBusy === "true") return; // the device is asked already
    form.ariaBusy = "true";
    said.textContent = "";
    try {
      form.elements.credential.value = JSON.stringify(written(await ask[form.dataset.passkey](form)));
      form.submit();
    } catch (error) {
      console.warn(error);
      said.textContent = form.dataset.failed;
    } finally {
      form.ariaBusy = null;
    }
  });
}
