using System.Globalization;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>Ids of responses and of their items. An item's id holds its response's, so that an item is found without an index of items.</summary>
public static class ResponseIds
{
    private const string Prefix = "resp_";
    private const int CharsMax = 64;

    public static string Of(string answerId) => Prefix + answerId;

    /// <param name="kind">Such as <c>msg</c>.</param>
    /// <param name="index">The item's place in the output.</param>
    public static string OfItem(string kind, string answerId, int index) => string.Create(CultureInfo.InvariantCulture, $"{kind}_{answerId}_{index}");

    /// <summary>An id for an item of the input that came without one.</summary>
    public static string OfInput(InputItem item, string answerId, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{KindOf(item.Type)}_{answerId}_in{index}");

    /// <summary>The id of the response that an item belongs to; null for ids of other services.</summary>
    public static string? ResponseOf(string itemId)
    {
        var parts = itemId.Split('_');
        return parts.Length == 3 && itemId.Length <= CharsMax ? Of(parts[1]) : null;
    }

    /// <summary>Whether a text can be the id of a response made here.</summary>
    public static bool IsResponse(string id) =>
        id.Length <= CharsMax && id.StartsWith(Prefix, StringComparison.Ordinal) && id.AsSpan(Prefix.Length).IndexOfAnyExcept(IdChars) < 0;

    private static readonly System.Buffers.SearchValues<char> IdChars =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    private static string KindOf(string type) => type switch
    {
        "message" => "msg",
        "function_call" => "fc",
        "function_call_output" => "fco",
        "custom_tool_call" => "ctc",
        "reasoning" => "rs",
        _ => "item",
    };
}
