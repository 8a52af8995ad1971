namespace GeminiBalance.FakeGemini;

/// <summary>A call that a prompt asks for: <c>[[call NAME {json}]]</c>.</summary>
internal readonly record struct WantedCall(string Name, string? Json)
{
    public static WantedCall Parse(string argument)
    {
        var words = argument.Split(' ', 2, StringSplitOptions.TrimEntries);
        return new(words[0], words.Length > 1 ? words[1] : null);
    }
}
