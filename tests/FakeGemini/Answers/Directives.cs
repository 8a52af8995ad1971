using System.Globalization;
using System.Text;

namespace GeminiBalance.FakeGemini;

/// <summary>What a prompt asks the fake to do: <c>[[name]]</c> or <c>[[name argument]]</c>, anywhere in the text.</summary>
internal sealed class Directives
{
    private readonly Dictionary<string, string> given = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<WantedCall> calls = [];

    public Directives(string text)
    {
        var rest = new StringBuilder();
        var at = 0;
        while (text.IndexOf("[[", at, StringComparison.Ordinal) is var open and >= 0 && text.IndexOf("]]", open, StringComparison.Ordinal) is var close and >= 0)
        {
            var words = text[(open + 2)..close].Split(' ', 2, StringSplitOptions.TrimEntries);
            given[words[0]] = words.Length > 1 ? words[1] : "";
            if (words.Length > 1 && string.Equals(words[0], "call", StringComparison.OrdinalIgnoreCase))
            {
                calls.Add(WantedCall.Parse(words[1]));
            }

            rest.Append(text, at, open - at);
            at = close + 2;
        }

        Rest = at == 0 ? text : rest.Append(text, at, text.Length - at).ToString().Trim();
    }

    /// <summary>Calls in the order in which they are to be made, a turn each.</summary>
    public IReadOnlyList<WantedCall> Calls => calls;

    /// <summary>The text without directives.</summary>
    public string Rest { get; }

    public bool Has(string name) => given.ContainsKey(name);

    public string? Argument(string name) => given.TryGetValue(name, out var argument) && argument.Length > 0 ? argument : null;

    public int Number(string name, int otherwise) =>
        given.TryGetValue(name, out var argument) && int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
