using System.Text;

namespace GeminiBalance.Gateway.Settings;

/// <summary>Reads the text of a <c>.env</c> file: <c>NAME=value</c> lines, <c>export</c>, comments, both quotes. JSON values stay intact; nothing is substituted.</summary>
/// <remarks>Own code, because DotNetEnv substitutes <c>$</c> and takes quotes out of unquoted JSON.</remarks>
internal static class DotEnvFile
{
    private const string ExportWord = "export ";

    /// <returns>The last value of each name; names compare without case, as all configuration does.</returns>
    public static Dictionary<string, string?> Parse(string text)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var lines = text.TrimStart('\ufeff').Split('\n');
        for (var next = 0; next < lines.Length;)
        {
            var line = lines[next++].Trim();
            if (line.StartsWith(ExportWord, StringComparison.Ordinal))
            {
                line = line[ExportWord.Length..].TrimStart();
            }

            var equals = line.IndexOf('=');
            if (equals <= 0 || line[0] == '#')
            {
                continue;
            }

            var value = line[(equals + 1)..].TrimStart();
            values[line[..equals].TrimEnd()] = value.Length == 0 ? "" : value[0] switch
            {
                '"' or '\'' => ReadQuoted(value, lines, ref next),
                '[' or '{' => value[..JsonLength(value)].TrimEnd(),
                _ => value[..PlainLength(value)].TrimEnd(),
            };
        }

        return values;
    }

    /// <summary>A quoted value may go on over line ends. Double quotes know <c>\n</c>, <c>\t</c>, <c>\"</c> and <c>\\</c>; single quotes <c>\'</c> only.</summary>
    private static string ReadQuoted(string line, string[] lines, ref int next)
    {
        var quote = line[0];
        var after = next;
        var value = new StringBuilder();
        var current = line[1..];
        while (true)
        {
            for (var i = 0; i < current.Length; i++)
            {
                if (current[i] == quote)
                {
                    next = after;
                    return value.ToString();
                }

                if (current[i] == '\\' && i + 1 < current.Length && Unescape(quote, current[i + 1]) is { } unescaped)
                {
                    value.Append(unescaped);
                    i++;
                    continue;
                }

                value.Append(current[i]);
            }

            if (after == lines.Length)
            {
                // The quote never closes: the line stands as it is, so that the lines below are not swallowed.
                return line;
            }

            value.Append('\n');
            current = lines[after++].TrimEnd('\r');
        }
    }

    private static char? Unescape(char quote, char escaped) => (quote, escaped) switch
    {
        ('"', 'n') => '\n',
        ('"', 't') => '\t',
        ('"', '"') or ('\'', '\'') => escaped,
        ('"', '\\') => '\\',
        _ => null,
    };

    /// <summary>Up to a <c>#</c> that follows white space.</summary>
    private static int PlainLength(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '#' && (i == 0 || char.IsWhiteSpace(value[i - 1])))
            {
                return i;
            }
        }

        return value.Length;
    }

    /// <summary>Up to the bracket that closes the first one; a <c>#</c> inside is part of the value.</summary>
    private static int JsonLength(string value)
    {
        var depth = 0;
        var quote = '\0';
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (quote != '\0')
            {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c is '[' or '{')
            {
                depth++;
            }
            else if (c is ']' or '}' && --depth == 0)
            {
                return i + 1;
            }
        }

        return PlainLength(value);
    }
}
