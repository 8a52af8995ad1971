using System.Text;
using Dapper;

namespace GeminiBalance.Storage.MySql;

/// <summary>The rows of one multi-row INSERT, as text and parameters.</summary>
internal sealed class ValueRows
{
    private readonly StringBuilder text = new();
    private readonly DynamicParameters parameters = new();
    private int values;

    public bool IsEmpty => text.Length == 0;

    /// <summary>Adds a row. A value that is <see cref="SqlText"/> goes in as it stands.</summary>
    public void Add(params ReadOnlySpan<object?> row)
    {
        text.Append(IsEmpty ? "(" : ", (");
        for (var column = 0; column < row.Length; column++)
        {
            text.Append(column == 0 ? "" : ", ");
            if (row[column] is SqlText sql)
            {
                text.Append(sql.Text);
                continue;
            }

            var name = $"v{values++}";
            parameters.Add(name, row[column]);
            text.Append('@').Append(name);
        }

        text.Append(')');
    }

    /// <summary>The statement; <paramref name="tail"/> comes after the rows.</summary>
    public CommandDefinition Insert(string head, string tail, CancellationToken cancellationToken) =>
        // Each number of rows is a text of its own: too many for a cache.
        new($"{head} VALUES {text} {tail}", parameters, flags: CommandFlags.NoCache, cancellationToken: cancellationToken);
}
