namespace GeminiBalance.Silo;

/// <summary>Every bound of the silo, with its unit.</summary>
internal static class SiloLimits
{
    /// <summary>From SIGTERM until the process has ended; what is open then ends as in a crash.</summary>
    public static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(30);

    /// <summary>From SIGTERM until the ledgers are handed over and the cluster is left; then all that still goes on is told to give up.</summary>
    public static readonly TimeSpan HandOverWithin = TimeSpan.FromSeconds(27);

    /// <summary>A start waits this long for a database that does not answer yet.</summary>
    public static readonly TimeSpan DatabaseWaitMax = TimeSpan.FromSeconds(60);

    /// <summary>Between two attempts to reach it.</summary>
    public static readonly TimeSpan DatabaseRetryEvery = TimeSpan.FromSeconds(1);

    /// <summary>A start waits this long for members that cannot be reached to count as gone.</summary>
    public static readonly TimeSpan JoinWaitMax = TimeSpan.FromSeconds(30);

    /// <summary>Between two looks at them.</summary>
    public static readonly TimeSpan JoinRetryEvery = TimeSpan.FromSeconds(1);

    /// <summary>A member that takes no connection for this long cannot be reached.</summary>
    public static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(1);

    /// <summary>After that time a silo that does not reach every member gives up.</summary>
    public static readonly TimeSpan JoinWithin = TimeSpan.FromMinutes(1);

    /// <summary>Requests the health endpoints answer at once.</summary>
    public const long HealthConnectionsMax = 100;

    /// <summary>Connections for reminders and the state of grains other than keys, per process.</summary>
    public const uint ReminderConnectionsMax = 4;

    /// <summary>Rows of ended silos kept in the membership table.</summary>
    public const int DefunctSilosMax = 25;

    /// <summary>How long such a row is kept.</summary>
    public static readonly TimeSpan DefunctSiloAge = TimeSpan.FromDays(1);

    /// <summary>A key nobody asked about for this long gives its claim back and leaves memory.</summary>
    public static readonly TimeSpan IdleActivationAge = TimeSpan.FromMinutes(15);
}
