using System.Globalization;

namespace GeminiBalance.Load.Commands;

/// <summary>A command of one or two words and its options, as typed: <c>quota --seconds 75 --kill</c>.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _options = [];

    private Arguments(string command) => Command = command;

    public string Command { get; }

    /// <exception cref="FormatException">Something that is no option, or an option this command does not have.</exception>
    public static Arguments Parse(IReadOnlyList<string> words, Func<string, IReadOnlyCollection<string>?> optionsOf)
    {
        var command = words.TakeWhile(word => !word.StartsWith("--", StringComparison.Ordinal)).ToArray();
        var arguments = new Arguments(string.Join(' ', command));
        var known = optionsOf(arguments.Command) ?? throw new FormatException($"'{arguments.Command}' is not a command.");
        for (var i = command.Length; i < words.Count; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal) || !known.Contains(words[i][2..]))
            {
                throw new FormatException($"{arguments.Command} has no '{words[i]}', only: {string.Join(", ", known.Select(name => $"--{name}"))}.");
            }

            var isFlag = i + 1 == words.Count || words[i + 1].StartsWith("--", StringComparison.Ordinal);
            arguments._options[words[i][2..]] = isFlag ? "" : words[++i];
        }

        return arguments;
    }

    public bool Has(string option) => _options.ContainsKey(option);

    /// <returns>Null when the option was not given.</returns>
    public string? Text(string option) => _options.GetValueOrDefault(option);

    /// <exception cref="FormatException">The value is not a whole number from 1.</exception>
    public int Number(string option, int otherwise)
    {
        if (!_options.TryGetValue(option, out var text))
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"--{option} must be a whole number from 1, not '{text}'.");
    }
}
