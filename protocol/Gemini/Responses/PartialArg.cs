using System.Text.Json;

namespace GeminiBalance.Protocol.Gemini;

/// <summary>A piece of one argument: exactly one value is set. Pieces of a text are put end to end.</summary>
public sealed class PartialArg
{
    /// <summary>Such as <c>$.location</c> or <c>$.items[0].name</c>.</summary>
    public string? JsonPath { get; set; }

    public string? StringValue { get; set; }

    public JsonElement NumberValue { get; set; }

    public bool? BoolValue { get; set; }
}
