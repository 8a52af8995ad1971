namespace GeminiBalance.Storage.MySql;

/// <summary>Who brought a key in, and so who takes it out. Stored as numbers: never renumber.</summary>
public enum RosterOrigin
{
    /// <summary><c>API_KEYS</c>: leaves the pool when it is taken out there.</summary>
    Settings = 1,

    /// <summary>The admin API: leaves the pool when a person removes it.</summary>
    Admin = 2,
}
