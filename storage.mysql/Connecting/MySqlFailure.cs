namespace GeminiBalance.Storage.MySql;

/// <summary>What kind of trouble there is with the database.</summary>
public enum MySqlFailure
{
    /// <summary>None of the below; the message holds the server's words.</summary>
    Other,

    /// <summary>The settings do not name a database.</summary>
    Settings,

    /// <summary>Not there, or no answer in time. Whether a statement under way was carried out is not known.</summary>
    Unreachable,

    /// <summary>There, but it does not let this user in, or not do this.</summary>
    Refused,

    /// <summary>The tables are missing, newer than this program, or another program's.</summary>
    Schema,

    /// <summary>Others held the rows for too long, or too many are connected. Nothing was changed.</summary>
    Busy,
}
