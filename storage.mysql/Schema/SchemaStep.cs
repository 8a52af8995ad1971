using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace GeminiBalance.Storage.MySql;

/// <summary>One step of the schema.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Text">SQL statements between lines that say <c>-- next</c>.</param>
internal sealed partial record SchemaStep(int Number, string Name, string Text)
{
    private const int TimeOutMilliseconds = 10_000;

    /// <summary>SHA-256 of the text, whichever line ends the checkout has, in hexadecimal digits.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\n"))));

    /// <summary>In order. A semicolon does not end a statement: procedures hold many.</summary>
    public IReadOnlyList<string> Statements => [.. Separator().Split(Text).Select(statement => statement.Trim()).Where(statement => statement.Length > 0)];

    /// <summary>The tables the step makes.</summary>
    public IReadOnlyList<string> Tables => [.. CreatedTable().Matches(Text).Select(match => match.Groups["name"].Value)];

    [GeneratedRegex("""^-- next\s*$""", RegexOptions.Multiline, TimeOutMilliseconds)]
    private static partial Regex Separator();

    [GeneratedRegex("""CREATE TABLE IF NOT EXISTS (?<name>\w+)""", RegexOptions.ExplicitCapture, TimeOutMilliseconds)]
    private static partial Regex CreatedTable();
}
