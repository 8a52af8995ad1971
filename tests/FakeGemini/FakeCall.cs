namespace GeminiBalance.FakeGemini;

/// <summary>One request on its way through the fake.</summary>
internal sealed class FakeCall(HttpContext context)
{
    public HttpContext Context { get; } = context;

    public string Key { get; set; } = "";

    public string Model { get; set; } = "";

    /// <summary>After the colon, such as <c>generateContent</c>; for the compatible endpoint the last path segments.</summary>
    public string Method { get; set; } = "";

    /// <summary>Under <c>/v1beta/openai</c>, where errors are wrapped in an array.</summary>
    public bool IsCompatible { get; set; }

    /// <summary>A streaming method without <c>alt=sse</c>.</summary>
    public bool IsArrayStream { get; set; }

    public bool IsEventStream { get; set; }

    /// <summary>The path of a call about a file, a cache, a job or a store.</summary>
    public string? ResourcePath { get; set; }

    /// <summary>What stands behind <c>interactions/</c>; null for every other call.</summary>
    public string? InteractionPath { get; set; }

    public byte[] Body { get; set; } = [];

    public Knob? Knob { get; set; }

    /// <summary>The fake itself cut the connection, so that it is not the client's leaving.</summary>
    public bool WasCut { get; set; }

    public CancellationToken Aborted => Context.RequestAborted;
}
