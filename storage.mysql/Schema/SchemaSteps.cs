using System.Globalization;
using System.Reflection;

namespace GeminiBalance.Storage.MySql;

/// <summary>
/// The steps that make the schema. To add one: put <c>Steps/NNN_what.sql</c> there with the next number. A step that was ever released is never changed,
/// only followed. MySQL does not undo DDL, so a step that was cut off is run again from its start: every statement must bear to run twice
/// (CREATE TABLE IF NOT EXISTS, DROP PROCEDURE IF EXISTS before CREATE PROCEDURE, REPLACE or INSERT IGNORE; one ALTER TABLE per step, as its only statement).
/// </summary>
internal static class SchemaSteps
{
    public static IReadOnlyList<SchemaStep> All { get; } = [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Order(StringComparer.Ordinal).Select(Read)];

    private static SchemaStep Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return new SchemaStep(int.Parse(name.AsSpan(0, name.IndexOf('_', StringComparison.Ordinal)), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}
