namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>A place in the client's messages; only an error spells it out.</summary>
/// <param name="Message">Index in <c>messages</c>.</param>
/// <param name="List"><c>content</c>, <c>images</c> or <c>tool_calls</c>.</param>
/// <param name="Item">Index in the list.</param>
internal readonly record struct WirePath(int Message, string List, int Item)
{
    public TranslationException Error(string member, string complaint, string? code = null)
    {
        var path = $"messages[{Message}].{List}[{Item}].{member}";
        return new TranslationException($"{path} {complaint}", path, code);
    }
}
