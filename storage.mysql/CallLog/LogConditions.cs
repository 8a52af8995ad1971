using System.Text;
using Dapper;

namespace GeminiBalance.Storage.MySql;

/// <summary>A query as SQL: constants of this program as text, everything else as parameters.</summary>
internal sealed class LogConditions
{
    private readonly StringBuilder text = new();

    public LogConditions(LogQuery query)
    {
        Add("time >= @from", "from", query.From);
        Add("time < @until", "until", query.Until);
        Add("key_id IN @keyIds", "keyIds", query.KeyIds);
        Add("model = @model", "model", query.Model);
        Add("client_id = @clientId", "clientId", query.ClientId);
        Add("outcome IN @outcomes", "outcomes", query.Outcomes);
        Add("status = @status", "status", query.Status);
        Add("(detail LIKE @text ESCAPE '!' OR message LIKE @text ESCAPE '!')", "text", Contains(query.Text));
        Parameters.Add("limit", query.Limit);
        Parameters.Add("offset", query.Offset);
        Parameters.Add("countMax", query.CountMax);
        Order = query.IsOldestFirst ? "ORDER BY time, id" : "ORDER BY time DESC, id DESC";
    }

    /// <summary>Empty, or beginning with <c>WHERE</c>.</summary>
    public string Where => text.ToString();

    public string Order { get; }

    public DynamicParameters Parameters { get; } = new();

    private static string? Contains(string? part) => part is null
        ? null
        : $"%{part.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";

    private void Add(string condition, string name, object? value)
    {
        if (value is not null)
        {
            text.Append(text.Length == 0 ? "WHERE " : " AND ").Append(condition);
            Parameters.Add(name, value);
        }
    }
}
