namespace GeminiBalance.Gateway.Endpoints;

/// <summary>The dialect a client speaks, and in which its errors are told.</summary>
internal enum Face
{
    /// <summary>OpenAI's API: <c>{"error":{"message","type","param","code"}}</c>.</summary>
    OpenAI = 1,

    /// <summary>Google's API: a <c>google.rpc.Status</c>.</summary>
    Google = 2,

    /// <summary>Anthropic's API: <c>{"type":"error","error":{"type","message"}}</c>.</summary>
    Anthropic = 3,

    /// <summary>Google's Interactions API: <c>{"error":{"code","message"}}</c> with a word for a code.</summary>
    Interactions = 4,
}
