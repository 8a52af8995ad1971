namespace GeminiBalance.Gateway.Import;

/// <summary>Settings among the arguments of a command.</summary>
internal static class CommandSettings
{
    /// <summary>Whether an argument is one, such as <c>--DATA_DIR=…</c>: options of commands have small letters.</summary>
    public static bool IsSetting(string argument) => argument.StartsWith("--", StringComparison.Ordinal) && argument.Length > 2 && char.IsAsciiLetterUpper(argument[2]);
}
