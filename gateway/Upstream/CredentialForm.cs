namespace GeminiBalance.Gateway.Upstream;

/// <summary>How a key is shown to the upstream.</summary>
internal enum CredentialForm
{
    /// <summary><c>x-goog-api-key</c>, for Google's own API.</summary>
    GoogleHeader = 1,

    /// <summary><c>Authorization: Bearer</c>, for Google's OpenAI-compatible endpoint.</summary>
    Bearer = 2,

    /// <summary>Not at all, for another host that the upstream has sent us to.</summary>
    None = 3,

    /// <summary>Not at all: a token that the key has made stands for it, see <see cref="UpstreamCall.Token"/>.</summary>
    Token = 4,
}
